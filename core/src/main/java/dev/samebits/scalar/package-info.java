/**
 * The backend that runs everywhere and defines the others: every kernel as one plain loop over the functions of
 * {@code dev.samebits.arithmetic}. Its sessions are those of {@code dev.samebits.spi}.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.samebits.scalar;

import org.jspecify.annotations.NullMarked;
