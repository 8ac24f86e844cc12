/**
 * How what training keeps lies in files: records of numbers, texts and floats that are whole or refused. It depends on the
 * JDK alone.
 */
@NullMarked
package dev.samebits.store;

import org.jspecify.annotations.NullMarked;
