/**
 * Threads and work space of sessions. A call takes buffers from a {@link dev.samebits.parallel.Pool}; a
 * {@link dev.samebits.parallel.WorkerTeam} runs its independent parts on the caller's thread and its own; the buffers go
 * back. Nothing is allocated once warm.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.samebits.parallel;

import org.jspecify.annotations.NullMarked;
