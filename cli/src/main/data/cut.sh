#!/bin/sh
# Cuts the demo's images out of the official Fashion-MNIST files: the whole test set as it is, and the first 12,000 training
# images and labels with the count in their header set to 12,000. The same input gives the same bytes.
#
#   cut.sh [FOLDER WITH THE OFFICIAL .gz FILES]     default: where Debian's dataset-fashion-mnist puts them
set -eu
from=${1:-/usr/share/datasets/fashion-mnist}
to=$(cd "$(dirname "$0")/../resources/dev/samebits/cli/demo/fashion-mnist" && pwd)

cp "$from/t10k-images-idx3-ubyte.gz" "$from/t10k-labels-idx1-ubyte.gz" "$to/"
chmod 644 "$to"/*.gz

# IDX header: 00 00, type 08 (unsigned byte), dimensions, then each size as a big-endian int; 12000 = 0x2EE0, 28 = 0x1C.
{
    printf '\000\000\010\003\000\000\056\340\000\000\000\034\000\000\000\034'
    gzip -dc "$from/train-images-idx3-ubyte.gz" 2>/dev/null | tail -c +17 | head -c $((12000 * 28 * 28))
} | gzip -9n > "$to/train-images-idx3-ubyte.gz"
{
    printf '\000\000\010\001\000\000\056\340'
    gzip -dc "$from/train-labels-idx1-ubyte.gz" 2>/dev/null | tail -c +9 | head -c 12000
} | gzip -9n > "$to/train-labels-idx1-ubyte.gz"
