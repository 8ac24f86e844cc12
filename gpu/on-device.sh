#!/usr/bin/env bash
# Everything that is to be known of a graphics processor, in one call, on a bare Linux machine that has only its driver.
#
#   gpu/on-device.sh pack [ARCHIVE]   here: makes the archive (default gpu/target/on-device.tar.gz): a Java runtime, the jars, and
#                                     OpenCL's loader. Needs a JDK, Maven, and ocl-icd-libopencl1.
#   ./on-device.sh [RESULTS [SIDE [ROWS]]]
#                                     there, in the unpacked archive: every contract bit for bit, the speed of the batched affine
#                                     for SIDE³ (4096), and the batch, up to ROWS (16384), from which the device is faster than the
#                                     processor. Writes RESULTS (results.json).
#
# Options for the JVM in SAMEBITS_JAVA_OPTS, such as -Dsamebits.opencl.device=1.
set -euo pipefail
self=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
# Files a machine may lack, besides the driver. Its own of the last two are taken where it has them: the driver may need newer ones.
loader=libOpenCL.so.1
runtime="libstdc++.so.6 libgcc_s.so.1"

die() {
    echo "on-device: $1" >&2
    exit 2
}

# The class path of the tests, copied to a folder, and only this machine's part of Aparapi's native library.
pack() {
    local archive=${1:-$self/target/on-device.tar.gz} root home library found native
    root=$(dirname "$self")
    home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
    [ -x "$home/bin/jlink" ] || die "jlink is missing: $home: install a JDK with its jmods, or set JAVA_HOME"
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    mvn -q -B -ntp -f "$root/pom.xml" -pl gpu -am test-compile dependency:copy-dependencies -DincludeScope=test \
        -DexcludeGroupIds=dev.samebits,com.tngtech.archunit,org.slf4j -DoutputDirectory="$work/jars" -Dmdep.useBaseVersion=true \
        || die "the build failed: see the lines above"
    mkdir -p "$work/on-device/lib" "$work/on-device/jars"
    cp "$work/jars"/*.jar "$work/on-device/jars/"
    for module in core simd tck gpu; do
        "$home/bin/jar" --create --file "$work/on-device/jars/samebits-$module.jar" -C "$root/$module/target/classes" .
    done
    "$home/bin/jar" --create --file "$work/on-device/jars/samebits-gpu-tests.jar" -C "$root/gpu/target/test-classes" .
    # The archive is for this kind of machine; the natives of the others are half of it.
    for native in "$work"/on-device/jars/aparapi-jni-*.jar; do
        mkdir "$work/native"
        (cd "$work/native" && "$home/bin/jar" --extract --file "$native" && rm -rf win osx linux/*armhf* linux/*x86.so)
        "$home/bin/jar" --create --file "$native" -C "$work/native" .
    done
    "$home/bin/jlink" --add-modules java.base,java.logging,java.management,java.xml,jdk.management,jdk.unsupported,jdk.incubator.vector \
        --strip-debug --no-man-pages --no-header-files --compress=2 --output "$work/on-device/java" > "$work/jlink.log" 2>&1 \
        || die "jlink failed: $home: $(tail -n 1 "$work/jlink.log")"
    for library in $loader $runtime; do
        found=$(ldconfig -p | sed -n "s/^[[:space:]]*$library (.*\(x86-64\|AArch64\).* => //p" | head -n 1)
        [ -n "$found" ] || die "$library is missing here: apt-get install ocl-icd-libopencl1"
        mkdir "$work/on-device/lib/$library"
        cp -L "$found" "$work/on-device/lib/$library/"
    done
    cp "$self/on-device.sh" "$work/on-device/"
    mkdir -p "$(dirname "$archive")"
    tar -C "$work" -czf "$archive" on-device
    echo "$archive: $(($(stat -c %s "$archive") / 1024 / 1024)) MiB"
}

# Whether this machine has a library of this name.
has() {
    local file
    ! ldconfig -p 2> /dev/null | grep -F "$1 (libc6," > /dev/null || return 0
    for file in /lib/*/"$1" /lib64/"$1" /usr/lib/"$1" /usr/lib/*/"$1" /usr/lib64/"$1"; do
        [ ! -e "$file" ] || return 0
    done
    return 1
}

measure() {
    local vendors driver library
    [ -x "$self/java/bin/java" ] || die "this is not the unpacked archive: $self: make one with: gpu/on-device.sh pack"
    for library in $runtime; do
        has "$library" || LD_LIBRARY_PATH="$self/lib/$library${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
    done
    export LD_LIBRARY_PATH="$self/lib/$loader:$self/java/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
    # In containers the driver is often there without the file that names it to the loader.
    if [ -z "${OCL_ICD_VENDORS:-}" ] && ! ls /etc/OpenCL/vendors/*.icd > /dev/null 2>&1; then
        for driver in libnvidia-opencl.so.1 libamdocl64.so libintelocl.so; do
            if has "$driver"; then
                vendors=${vendors:-$(mktemp -d)}
                echo "$driver" > "$vendors/$driver.icd"
            fi
        done
        [ -z "${vendors:-}" ] || export OCL_ICD_VENDORS=$vendors
    fi
    # A driver's compiler may set signal handlers of its own; this keeps the JVM's in front. Without its folder, which may have
    # spaces in its name.
    export LD_PRELOAD="libjsig.so${LD_PRELOAD:+:$LD_PRELOAD}"
    # shellcheck disable=SC2086 # the options are several words
    "$self/java/bin/java" -Dfile.encoding=UTF-8 -Dsun.stdout.encoding=UTF-8 -XX:+UseParallelGC --add-modules jdk.incubator.vector -Xmx8g ${SAMEBITS_JAVA_OPTS:-} \
        -Dsamebits.require=opencl -cp "$self/jars/*" dev.samebits.gpu.OnDevice "${1:-results.json}" "${@:2}"
}

if [ "${1:-}" = pack ]; then
    pack "${2:-}"
else
    measure "$@"
fi
