/**
 * Products of matrices, a tile of sums in registers at a time, and how memory lies for them.
 *
 * <pre>
 * columns of B → Panels (how they are cut)   → Packing → dense panels
 * rows of A    → RowLayout (how they lie)    → RowView (where)
 * A, a panel   → Tiles, StripTiles, DirectTiles (which tile) → TileRxV (R rows, V vectors) → C
 * </pre>
 *
 * <p>Internal: not exported, and free to change.
 */
package dev.samebits.simd.tile;
