/**
 * The reader of IDX files of bytes, which MNIST and its like come as.
 *
 * <pre>
 * the first bytes → Idx.header → number and width of the records
 * records → Idx.decode → floats, each a byte divided by 255
 * </pre>
 */
package dev.samebits.cli.data.idx;
