/** The pages as a browser asks for them, over real sockets. */
@NullMarked
package dev.hexlens.web;

import org.jspecify.annotations.NullMarked;
