package dev.samebits.simd.tile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every tile has the definition's bits at the vector width of this JVM, whether the backend takes it there or not. */
class TileBitsTest {
    /** Tiles that are not there: what the writer prints of a new line of its list needs no further work. */
    private static final List<TileSource> NEW = List.of(new StripTile(5, 2), new StripTile(4, 2), new StripTile(3, 3),
            new PlainTile(5, 2), new TransposedTile(3, 4), new SingleRowTile(5), new NeighboursTile(2, 1),
            new NeighboursTile(2, 2, true), new DirectTile(3, 4, DirectTile.Rows.STRIPS, true));

    @TempDir
    Path folder;

    @Test
    void everyTileIsItsDefinition() throws ReflectiveOperationException {
        for (TileSource tile : TileWriter.TILES) {
            check(tile, Class.forName(className(tile)));
        }
    }

    @Test
    void everyTileThatIsNewInTheListIsItsDefinition() throws Exception {
        for (TileSource tile : NEW) {
            compile(tile);
            try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
                check(tile, loader.loadClass(className(tile)));
            }
        }
    }

    private static void check(TileSource tile, Class<?> compiled) throws ReflectiveOperationException {
        // Where there is no number of rows, there are all.
        boolean anyRows = tile.parameters().startsWith("int rows");
        for (int rows = anyRows ? 1 : tile.rows; rows <= tile.rows; rows++) {
            TileChecker.check(tile, compiled, rows);
        }
    }

    private static String className(TileSource tile) {
        return TileWriter.class.getPackageName() + "." + tile.name();
    }

    private void compile(TileSource tile) {
        URI name = URI.create("string:///" + TileWriter.file(tile));
        JavaFileObject file = new SimpleJavaFileObject(name, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return tile.text();
            }
        };
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = List.of("-classpath", System.getProperty("java.class.path"), "-d", folder.toString(),
                "--add-modules", "jdk.incubator.vector", "-proc:none");
        assertThat(compiler.getTask(messages, null, null, options, null, List.of(file)).call()).as("%s", messages).isTrue();
    }
}
