package dev.samebits.simd.tile;

/** How the operands lie that a test gives to a tile; each is the value of the tile's parameter of its name. */
record TileOperands(int rows, int depth, int aOffset, int aStride, int bOffset, int bStride, int sOffset, int sStride,
        int cOffset, int cStride, float threshold) {}
