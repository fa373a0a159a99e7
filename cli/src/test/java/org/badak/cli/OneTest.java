package org.badak.cli;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/// Runs one test class in a process of its own until something fails, and says as the last line what that was: exit 1
/// if there was a failure, 0 if not, 2 if there was no test.
final class OneTest {
    private OneTest() {}

    /// @param arguments the class
    public static void main(String[] arguments) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(arguments[0]))
                                .build(),
                        summary,
                        new FirstFailure());
        System.out.println("passed " + summary.getSummary().getTestsSucceededCount() + " tests");
        System.exit(summary.getSummary().getTestsFoundCount() == 0 ? 2 : 0);
    }

    private static final class FirstFailure implements TestExecutionListener {
        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                result.getThrowable().ifPresent(failure -> System.out.println(failure));
                System.out.println("caught by "
                        + test.getUniqueId().replaceAll(".*\\[(?:method|test-template):([^(\\]]*).*", "$1"));
                System.exit(1);
            }
        }
    }
}
