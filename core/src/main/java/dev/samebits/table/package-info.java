/**
 * Raw columns of a table, text among them, as the rows of floats that networks take.
 * {@link dev.samebits.table.ColumnStatistics} are taken over the training rows; of them a {@link dev.samebits.table.Scaling}
 * and a {@link dev.samebits.table.Filling} make a {@link dev.samebits.table.TableColumn}; all columns together are a
 * {@link dev.samebits.table.Preparation}, which is kept with the network.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.samebits.table;

import org.jspecify.annotations.NullMarked;
