package dev.samebits.cli.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks gzip (RFC 1952): all members, one after the other. The JDK's own stream takes a member for the last one if no byte
 * waits behind it, and garbage for the end; that of commons-compress holds a member's last rows back until the next one
 * comes. Here what follows a member is a member, zeros up to the end, or an error; what is unpacked is given out before more
 * is asked for; and {@link #available} tells what can be read without waiting. Not thread-safe.
 */
final class GzipStream extends InputStream {
    private static final int BUFFER = 1 << 16;
    private static final int TRAILER = 8;
    private static final int HEADER = 10;
    private static final int DEFLATED = 8;
    // Bits of a header's flags.
    private static final int CHECKED = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private enum Part {
        HEADER,
        DATA,
        TRAILER,
        ZEROS,
        END
    }

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private Part part = Part.HEADER;
    private int members;

    private final byte[] packed = new byte[2 * BUFFER];
    private int from;
    private int to;
    // Bytes of the stream before the buffer's first.
    private long before;

    private final byte[] plain = new byte[BUFFER];
    private int plainFrom;
    private int plainTo;

    GzipStream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        return fill(true) ? plain[plainFrom++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill(true)) {
            return -1;
        }
        int count = Math.min(length, plainTo - plainFrom);
        System.arraycopy(plain, plainFrom, into, offset, count);
        plainFrom += count;
        return count;
    }

    @Override
    public int available() throws IOException {
        return fill(false) ? plainTo - plainFrom : 0;
    }

    // Whether there are bytes to give out: without waiting for them, or up to the end.
    private boolean fill(boolean wait) throws IOException {
        boolean on = true;
        while (plainFrom == plainTo && on) {
            on = switch (part) {
                case HEADER -> passHeader(wait);
                case DATA -> unpack(wait);
                case TRAILER -> passTrailer(wait);
                case ZEROS -> passZeros(wait);
                case END -> false;
            };
        }
        return plainFrom < plainTo;
    }

    // Reads until so many bytes lie in the buffer; false if they would have to be waited for, or if the stream ends before.
    private boolean ahead(int count, boolean wait) throws IOException {
        if (count > packed.length) {
            throw noMember();
        }
        while (to - from < count) {
            if (!wait && in.available() <= 0) {
                return false;
            }
            System.arraycopy(packed, from, packed, 0, to - from);
            before += from;
            to -= from;
            from = 0;
            int read = in.read(packed, to, packed.length - to);
            if (read < 0) {
                if (to > 0 || part != Part.HEADER && part != Part.ZEROS || members == 0) {
                    throw new EOFException();
                }
                part = Part.END;
                return false;
            }
            to += read;
        }
        return true;
    }

    private boolean passHeader(boolean wait) throws IOException {
        if (!ahead(1, wait)) {
            return false;
        }
        if (members > 0 && packed[from] == 0) {
            part = Part.ZEROS;
            return true;
        }
        if (packed[from] != 0x1f || ahead(2, wait) && packed[from + 1] != (byte) 0x8b) {
            throw noMember();
        }
        int length = ahead(HEADER, wait) ? headerLength(wait) : -1;
        if (length < 0) {
            return false;
        }
        from += length;
        part = Part.DATA;
        inflater.setInput(packed, from, to - from);
        return true;
    }

    // Or −1 if it is not all there. Nothing is passed, so that it can be gone through again.
    private int headerLength(boolean wait) throws IOException {
        int flags = packed[from + 3];
        if (packed[from + 2] != DEFLATED || (flags & RESERVED) != 0) {
            throw noMember();
        }
        int length = HEADER;
        if ((flags & EXTRA) != 0) {
            if (!ahead(length + 2, wait)) {
                return -1;
            }
            length += 2 + number(from + length, 2);
        }
        for (int text = NAME; text <= COMMENT; text *= 2) {
            boolean inText = (flags & text) != 0;
            while (inText) {
                if (!ahead(length + 1, wait)) {
                    return -1;
                }
                inText = packed[from + length++] != 0;
            }
        }
        int checked = (flags & CHECKED) == 0 ? 0 : 2;
        if (!ahead(length + checked, wait)) {
            return -1;
        }
        if (checked > 0) {
            checksum.update(packed, from, length);
            boolean same = number(from + length, 2) == (checksum.getValue() & 0xffff);
            checksum.reset();
            if (!same) {
                throw noMember();
            }
        }
        return length + checked;
    }

    private boolean unpack(boolean wait) throws IOException {
        try {
            plainFrom = 0;
            plainTo = inflater.inflate(plain);
        } catch (DataFormatException e) {
            throw new ZipException(e.getMessage() == null ? "its data make no sense" : e.getMessage());
        }
        from = to - inflater.getRemaining();
        if (plainTo > 0) {
            checksum.update(plain, 0, plainTo);
        } else if (inflater.finished()) {
            part = Part.TRAILER;
        } else if (inflater.needsInput()) {
            if (!ahead(1, wait)) {
                return false;
            }
            inflater.setInput(packed, from, to - from);
        } else {
            throw new ZipException("it needs a dictionary");
        }
        return true;
    }

    private boolean passTrailer(boolean wait) throws IOException {
        if (!ahead(TRAILER, wait)) {
            return false;
        }
        if (number(from, 4) != (int) checksum.getValue() || number(from + 4, 4) != (int) inflater.getBytesWritten()) {
            throw new ZipException("its checksum is another");
        }
        from += TRAILER;
        members++;
        inflater.reset();
        checksum.reset();
        part = Part.HEADER;
        return true;
    }

    // Tapes and disks are filled up with them.
    private boolean passZeros(boolean wait) throws IOException {
        while (from < to) {
            if (packed[from] != 0) {
                throw noMember();
            }
            from++;
        }
        return ahead(1, wait);
    }

    private int number(int at, int bytes) {
        int number = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            number = number << 8 | packed[at + i] & 0xff;
        }
        return number;
    }

    private ZipException noMember() {
        return new ZipException(members == 0 ? "it starts with no gzip header"
                : "what stands behind its part " + members + ", from byte " + (before + from + 1) + " on, is no gzip");
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
