package org.badak.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.badak.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What is found out about a file, and what is told about a bad one: what, where, found, expected, remedy.
class CsvFileTest {
    @TempDir
    Path folder;

    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of("a,b\n1,x\n2,y\n", "separator ',', header", "a,b", 2),
                Arguments.of("1,x\n2,y\n", "separator ',', no header", "column_1,column_2", 2),
                Arguments.of("a;b;c\n1,5;2;x\n2,5;3;y\n", "separator ';', header, decimal commas", "a,b,c", 2),
                Arguments.of("a\tb\r\n1\t2\r\n", "separator tab, header", "a,b", 1),
                Arguments.of("a|b\n1|2\n\n3|4\n", "separator '|', header", "a,b", 2),
                Arguments.of("a,b\n1,\"x,y\"\n2,\"say \"\"z\"\"\"\n", "separator ',', header", "a,b", 2),
                Arguments.of("'a','b'\n1,'x,y'\n", "separator ',', header, quote '", "a,b", 1),
                Arguments.of("\uFEFFname,size\n1,2\n", "separator ',', header", "name,size", 1),
                Arguments.of("colour,shape\nred,round\nblue,round\n", "separator ',', header", "colour,shape", 2));
    }

    @ParameterizedTest
    @MethodSource("files")
    void theWayAFileIsWrittenIsFoundOut(String text, String dialect, String names, int rows) throws IOException {
        Table table = read(text);

        assertThat(table.dialect()).hasToString(dialect);
        assertThat(table.names()).containsExactly(names.split(","));
        assertThat(table.count()).isEqualTo(rows);
    }

    static Stream<Arguments> badFiles() {
        return Stream.of(
                Arguments.of("a,b,c\n1,2,3\n4,5\n", List.of("line 3", "2 cells: 4,5", "3 cells", "leaving")),
                Arguments.of("a,b\n1,2\n3,4,5\n", List.of("line 3", "3 cells", "must stand in quotes")),
                Arguments.of("a,b,a\n1,2,3\n", List.of("columns 1 and 3", "'a' twice", "rename")),
                Arguments.of("a,b\n1,\"x\n2,y\n", List.of("quote is not closed", "line 2", "close the quote")),
                Arguments.of("a\n1\n2\n", List.of("one column only", "--separator")),
                Arguments.of("a,b\n", List.of("no rows of data", "--header no")),
                Arguments.of("", List.of("an empty file (0 bytes)")),
                Arguments.of("\n\n", List.of("nothing but empty lines")),
                Arguments.of("<html><body>no</body></html>", List.of("a web page")),
                Arguments.of("PK\u0003\u0004workbook", List.of("Excel")));
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void badFilesAreTold(String text, List<String> parts) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(DataException.class)
                .message()
                .contains(parts)
                .contains("table.csv", "found:", "expected:", "remedy:");
    }

    static Stream<Arguments> badCells() {
        String rows = "1,2\n".repeat(20);
        return Stream.of(
                Arguments.of("a,b\n" + rows + "x,2\n", List.of("line 22, column 1 (a)", "'x'", "--missing 'x'")),
                Arguments.of("a,b\n" + rows + "1,inf\n", List.of("line 22, column 2 (b)", "inf", "not finite")),
                Arguments.of("a,b\n" + rows + "1e400,2\n", List.of("line 22, column 1 (a)", "1e400", "1.8e308")),
                Arguments.of("a,b\n" + rows + "\"1,5\",2\n", List.of("'1,5'", "--decimal comma")),
                Arguments.of("x;y\n" + rows.replace(',', ';') + "1.5,2;3\n", List.of("'1.5,2'")));
    }

    @ParameterizedTest
    @MethodSource("badCells")
    void aCellThatIsNoNumberAmongNumbersIsTold(String text, List<String> parts) throws IOException {
        Table table = read(text);

        assertThatThrownBy(() -> TableTask.Choices.OPEN.columns(table))
                .isInstanceOf(DataException.class)
                .message()
                .contains(parts);
    }

    @Test
    void aHeaderReadAsDataIsToldWithTheRemedy() throws IOException {
        Path file = write("a,b\n" + "1,2\n".repeat(20), StandardCharsets.UTF_8);
        Table table = CsvFile.read(file, CsvOptions.DETECTED.with(CsvOptions.Header.ABSENT), List.of());

        assertThatThrownBy(() -> TableTask.Choices.OPEN.columns(table)).hasMessageContaining("use --header yes");
    }

    @Test
    void dataReadAsAHeaderIsToldWithTheRemedy() throws IOException {
        Path file = write("1,2\n3,4\n", StandardCharsets.UTF_8);

        assertThatThrownBy(() -> CsvFile.read(file, CsvOptions.DETECTED.with(CsvOptions.Header.PRESENT), List.of()))
                .hasMessageContaining("use --header no");
    }

    @Test
    void theColumnOfABadNameIsToldWithTheNearest() throws IOException {
        Table table = read("width,length\n1,2\n");

        assertThatThrownBy(() -> table.column("lenght", "--target")).hasMessageContaining("did you mean length?");
        assertThatThrownBy(() -> table.column("3", "--target")).hasMessageContaining("1 to 2");
        assertThat(table.column("-1", "--target")).isEqualTo(1);
        assertThat(table.column("1", "--target")).isZero();
    }

    @Test
    void bytesThatAreNoUtf8AreToldWithTheirPlace() throws IOException {
        Path file = write("name,size\ncaf\u00E9,2\n", StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> CsvFile.read(file))
                .hasMessageContaining("offset 13 (line 2)")
                .hasMessageContaining("a byte e9")
                .hasMessageContaining("--encoding");
    }

    @Test
    void anEncodingThatIsNamedIsRead() throws IOException {
        Path file = write("이름,값\n가,1\n나,2\n", Charset.forName("EUC-KR"));
        CsvOptions options = new CsvOptions(
                CsvOptions.DETECT,
                CsvOptions.DETECT,
                CsvOptions.Header.DETECTED,
                CsvOptions.Decimal.DETECTED,
                "EUC-KR",
                CsvOptions.MISSING);

        assertThat(CsvFile.read(file, options, List.of()).names()).containsExactly("이름", "값");
    }

    @Test
    void utf16IsReadWithAMarkAndToldWithout() throws IOException {
        assertThat(CsvFile.read(write("\uFEFFa,b\n1,2\n", StandardCharsets.UTF_16LE))
                        .names())
                .containsExactly("a", "b");
        assertThatThrownBy(() -> CsvFile.read(write("a,b\n1,2\n", StandardCharsets.UTF_16LE)))
                .hasMessageContaining("--encoding UTF-16LE");
    }

    @Test
    void aLineWithoutEndIsRefusedBeforeItFillsTheMemory() throws IOException {
        Path file = write("a,b\n1," + "9".repeat(CsvFile.MOST_CHARACTERS + 100) + "\n", StandardCharsets.UTF_8);

        assertThatThrownBy(() -> CsvFile.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("too long")
                .hasMessageContaining("line 1 or below");
    }

    @Test
    void missingWordsAreMissing() throws IOException {
        Table table = read("a,b\n1,?\n2,NA\n3,NaN\n4,\n5,7\n");

        assertThat(Stream.of(0, 1, 2, 3, 4).map(row -> table.isMissing(row, 1)))
                .containsExactly(true, true, true, true, false);
    }

    @Test
    void typesAreFoundOut() throws IOException {
        StringBuilder text = new StringBuilder("id,few,word,same,name,nothing\n");
        for (int i = 0; i < 40; i++) {
            text.append(i + 1)
                    .append(',')
                    .append(i % 3)
                    .append(',')
                    .append(i % 2 == 0 ? "yes" : "no")
                    .append(",5,n");
            text.append(i * 7919).append(",\n");
        }

        assertThat(TableTask.Choices.OPEN.columns(read(text.toString())).stream()
                        .map(Column::type))
                .containsExactly(
                        ColumnType.IDENTIFIER,
                        ColumnType.NUMERIC,
                        ColumnType.CATEGORICAL,
                        ColumnType.CONSTANT,
                        ColumnType.IDENTIFIER,
                        ColumnType.EMPTY);
    }

    private Table read(String text) throws IOException {
        return CsvFile.read(write(text, StandardCharsets.UTF_8));
    }

    private Path write(String text, Charset encoding) throws IOException {
        Path file = folder.resolve("table.csv");
        Files.write(file, text.getBytes(encoding));
        return file;
    }
}
