package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.badak.tune.TrialFunction;
import org.junit.jupiter.api.Test;

/// Where the function is found that carries out trials; on the module path, as the command runs.
class SpreadFunctionTest {
    @Test
    void executorsFindTheFunctionByItsName() throws IOException {
        try (InputStream services = Objects.requireNonNull(
                SpreadFunction.class.getResourceAsStream("/META-INF/services/" + TrialFunction.class.getName()))) {
            assertThat(new String(services.readAllBytes(), StandardCharsets.UTF_8).strip())
                    .isEqualTo(SpreadFunction.class.getName());
        }
        assertThat(SpreadFunction.class.getModule().getDescriptor().provides())
                .anyMatch(each -> each.service().equals(TrialFunction.class.getName()));
    }
}
