package org.badak.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.badak.augment.Augmentation;
import org.badak.augment.CustomAugmentation;
import org.badak.augment.Elastic;
import org.badak.augment.Rotation;
import org.badak.augment.Scaling;
import org.badak.augment.Shift;
import org.badak.augment.Warp;
import org.badak.matrix.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AugmentationsTest {
    @Test
    void listIsReadInItsOrder() {
        assertThat(Augmentations.augmentations("shift 2, rotate 15,scale 0.1 ,  elastic  34 4"))
                .containsExactly(new Shift(2), new Rotation(15), new Scaling(0.1), new Elastic(34, 4));
    }

    @Test
    void everyAugmentationHasALineAndReadsBackFromItsText() {
        for (Named<Augmentation> line : Augmentations.ALL) {
            String numbers = line.form()
                    .replaceFirst("PIXELS|DEGREES|SHARE|ALPHA", "0.25")
                    .replace("SIGMA", "1.5");
            Augmentation augmentation = Augmentations.augmentation(numbers);
            assertThat(augmentation.name()).isEqualTo(line.name());
            assertThat(Augmentations.text(augmentation)).isEqualTo(numbers);
        }
        // all permitted but the open door
        assertThat(Augmentations.ALL).hasSize(Augmentation.class.getPermittedSubclasses().length - 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rotat 15        | unknown augmentation 'rotat'; expected one of shift, rotate, scale, elastic; did you mean rotate?
            ''              | unknown augmentation ''
            shift           | expected shift PIXELS, found no number
            shift 2 3       | expected shift PIXELS, found '2 3'
            elastic 34      | expected elastic ALPHA SIGMA, found '34'
            elastic 34 four | elastic: expected a number, found 'four'
            scale 1.5       | scale: share must be at least 0 and below 1, found 1.5
            shift 2,        | unknown augmentation ''
            """)
    void mistakesAreTold(String text, String message) {
        assertThatThrownBy(() -> Augmentations.augmentations(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void usersOwnAugmentationHasNoText() {
        record Mirror() implements CustomAugmentation {
            @Override
            public String name() {
                return "mirror";
            }

            @Override
            public Warp warp(Shape images) {
                return (draws, places) -> places.transform(-1, 0, 0, 1);
            }
        }
        assertThatThrownBy(() -> Augmentations.text(new Mirror())).hasMessageContaining("augmentation mirror: not in");
    }
}
