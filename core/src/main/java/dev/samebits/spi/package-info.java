/**
 * What backends are made with. A {@link dev.samebits.spi.BackendProvider} is found and probed, and offers a backend; calls
 * of its kernels and sessions are checked here, in the abstract classes, once; what a backend writes gets valid arguments.
 * {@link dev.samebits.spi.KernelBackend} has sessions for those who write kernels alone, and for networks with branches.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.samebits.spi;

import org.jspecify.annotations.NullMarked;
