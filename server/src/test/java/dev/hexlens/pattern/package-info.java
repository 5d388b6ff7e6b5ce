@NullMarked
package dev.hexlens.pattern;

import org.jspecify.annotations.NullMarked;
