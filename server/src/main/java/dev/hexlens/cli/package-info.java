/** The command line: one class a command. */
@NullMarked
package dev.hexlens.cli;

import org.jspecify.annotations.NullMarked;
