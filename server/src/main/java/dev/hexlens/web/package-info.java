/**
 * Pages over HTTP for the people of this machine: how a run goes, and the questions. Plain HTML,
 * styles and scripts, which lie beside this package's classes; nothing is loaded from elsewhere.
 */
@NullMarked
package dev.hexlens.web;

import org.jspecify.annotations.NullMarked;
