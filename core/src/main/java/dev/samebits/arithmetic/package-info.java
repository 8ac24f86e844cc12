/**
 * The functions of one number, and softmax of one row: the definition of every bit (docs/arithmetic.md). A float comes in, a
 * fixed sequence of single-precision operations follows, each rounded once, a float goes out. Depends on nothing else, so
 * that it can be read beside that page.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.samebits.arithmetic;

import org.jspecify.annotations.NullMarked;
