package org.badak.figure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalCellsTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "cat", "고양이", "티셔츠/top", "a class with a very long name", "아주 긴 이름의 클래스"})
    void everyCellTakesItsColumns(String text) {
        assertThat(TerminalCells.columns(TerminalCells.left(text, 12))).isEqualTo(12);
        assertThat(TerminalCells.columns(TerminalCells.right(text, 12))).isEqualTo(12);
    }

    @Test
    void hangulTakesTwoColumnsAndIsCutBetweenSyllables() {
        assertThat(TerminalCells.left("고양이", 8)).isEqualTo("고양이  ");
        assertThat(TerminalCells.right("고양이", 8)).isEqualTo("  고양이");
        assertThat(TerminalCells.left("고양이", 5)).isEqualTo("고양…");
        assertThat(TerminalCells.left("고양이", 4)).isEqualTo("고… ");
    }

    @Test
    void controlCharactersNeverReachTheTerminal() {
        assertThat(TerminalCells.left("a\u001b[2Jb\n", 8)).isEqualTo("a [2Jb  ");
    }
}
