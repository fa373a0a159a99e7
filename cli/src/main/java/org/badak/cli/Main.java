package org.badak.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.badak.catalog.Suggestion;
import org.badak.data.DataException;
import org.badak.figure.FigureException;
import org.badak.gradient.EngineException;
import org.badak.train.TrainingException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command `badak`: reads the command line, runs the command it names and gives its exit code,
/// 0 ok, 1 failed, 2 usage. Here alone exceptions become messages.
@Command(
        name = "badak",
        description = "Neural networks from the ground up, on the JVM.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class Main implements Runnable {
    private static final long MEGABYTE = 1 << 20;
    private static final Set<Class<?>> WHOLE = Set.of(int.class, Integer.class, long.class, Long.class);
    private static final Set<Class<?>> FRACTIONS = Set.of(float.class, Float.class, double.class, Double.class);
    private static final List<String> COMMANDS = List.of(
            "train",
            "tune",
            "find-rate",
            "overfit",
            "verify",
            "evaluate",
            "predict",
            "export",
            "import",
            "serve",
            "line",
            "check-gradient",
            "derive",
            "descend",
            "data",
            "chapter",
            "lab",
            "spark-demo",
            "doctor");

    @Spec
    private CommandSpec command = CommandSpec.create();

    private final Terminal terminal;

    private Main(Terminal terminal) {
        this.terminal = terminal;
    }

    /// Starts here. `badak` alone, without a command, is a mistake of usage.
    @Override
    public void run() {
        throw new ParameterException(command.commandLine(), "Which command? None was named.");
    }

    /// Runs one command line and ends the process with its exit code.
    public static void main(String[] arguments) {
        TrainCommand.prepare(arguments);
        IncubatorNotice.erase(System.err);
        PrintWriter out = new PrintWriter(System.out, false, System.out.charset());
        PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
        Interruption.ofProcess();
        boolean unicode = System.out.charset().newEncoder().canEncode('\u2588');
        CommandLine line = commandLine(out, err, Terminal.ofProcess(System.getenv(), unicode), arguments);
        int exit = execute(line, arguments);
        out.flush();
        err.flush();
        Interruption.finished();
        System.exit(exit);
    }

    /// Runs one command line; errors of the JVM, such as too little memory, become messages too.
    static int execute(CommandLine line, String... arguments) {
        try {
            return line.execute(arguments);
        } catch (OutOfMemoryError memory) {
            String message = "not enough memory (" + memory.getMessage() + "): the heap may grow to "
                    + Runtime.getRuntime().maxMemory() / MEGABYTE + " MB; use a smaller network or less data, or call"
                    + " BADAK_JAVA_OPTS=-Xmx8g badak ...";
            tell(line, message, BadakCommand.FAILED, List.of(arguments).contains("--json"));
        } catch (StackOverflowError | LinkageError failure) {
            tell(
                    line,
                    unexpected(failure),
                    BadakCommand.FAILED,
                    List.of(arguments).contains("--json"));
            if (List.of(arguments).contains("--debug")) {
                failure.printStackTrace(line.getErr());
            }
        }
        return BadakCommand.FAILED;
    }

    /// The command line with its commands, writing to the streams given, which are no terminals.
    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return commandLine(out, err, Terminal.NONE);
    }

    /// The command line that reads some arguments, writing to the streams given: with the command that the first of
    /// them names, or with all commands where it names none.
    static CommandLine commandLine(PrintWriter out, PrintWriter err, Terminal terminal, String... arguments) {
        return commandLine(out, err, terminal, named(arguments));
    }

    /// The command that the first argument names; where it names none all of them, for help and messages.
    private static List<String> named(String[] arguments) {
        return arguments.length > 0 && COMMANDS.contains(arguments[0]) ? List.of(arguments[0]) : COMMANDS;
    }

    /// The command line with some of its commands: to make one that is not wanted costs milliseconds.
    private static CommandLine commandLine(PrintWriter out, PrintWriter err, Terminal terminal, List<String> commands) {
        CommandLine line = new CommandLine(new Main(terminal));
        for (String name : commands) {
            line.addSubcommand(command(name));
        }
        line.addSubcommand(new CommandLine.HelpCommand());
        line.setOut(out).setErr(err);
        if (Texts.korean()) {
            line.setResourceBundle(Texts.koreanHelp());
        }
        line.setParameterExceptionHandler(Main::misused);
        line.setExecutionExceptionHandler(Main::failed);
        line.setExecutionStrategy(ConfiguredLine::execute);
        return line;
    }

    private static Object command(String name) {
        return switch (name) {
            case "train" -> new TrainCommand();
            case "tune" -> new CommandLine(TuneCommand.specification());
            case "find-rate" -> new FindRateCommand();
            case "overfit" -> new OverfitCommand();
            case "verify" -> new VerifyCommand();
            case "evaluate" -> new EvaluateCommand();
            case "predict" -> new PredictCommand();
            case "export" -> new ExportCommand();
            case "import" -> new ImportCommand();
            case "serve" -> new ServeCommand();
            case "line" -> new LineCommand();
            case "check-gradient" -> new CheckGradientCommand();
            case "derive" -> new DeriveCommand();
            case "descend" -> new DescendCommand();
            case "data" -> new DataCommand();
            case "chapter" -> new ChapterCommand();
            case "lab" -> new LabCommand();
            case "spark-demo" -> new SparkDemoCommand();
            case "doctor" -> new DoctorCommand();
            default -> throw new IllegalArgumentException("no command " + name);
        };
    }

    /// What the streams of a command can show.
    static Terminal terminal(CommandSpec spec) {
        return spec.root().userObject() instanceof Main main ? main.terminal : Terminal.NONE;
    }

    private static int misused(ParameterException mistake, String[] arguments) {
        CommandLine line = mistake.getCommandLine();
        String message = mistake.getMessage();
        List<String> unmatched = line.getUnmatchedArguments();
        message = unmatched.isEmpty()
                ? misuse(mistake, String.valueOf(message))
                : unknown(line, unmatched.getFirst()); // before an option that is missing: it may be the one misspelt
        message = explained(line, message);
        boolean json = List.of(arguments).contains("--json");
        tell(line, message, BadakCommand.USAGE, json);
        if (line.getParent() == null && line.getParseResult() != null) {
            line.usage(line.getErr());
        } else {
            String name = line.getCommandSpec().qualifiedName();
            line.getErr().println(Texts.of("See ", "도움말: ") + name + " --help");
        }
        return BadakCommand.USAGE;
    }

    /// What the parser says of an option and its value, in the form of all messages.
    private static String misuse(ParameterException mistake, String message) {
        ArgSpec argument = switch (mistake) {
            case MissingParameterException missing
            when missing.getMissing().size() == 1 -> missing.getMissing().getFirst();
            case OverwrittenOptionException twice -> twice.getOverwritten();
            default -> mistake.getArgSpec();
        };
        if (!(argument instanceof OptionSpec option)) {
            return message;
        }
        String name = option.longestName();
        if (mistake instanceof OverwrittenOptionException) {
            return name + ": found more than once, expected once; leave one out";
        }
        if (mistake instanceof MissingParameterException) {
            String told = name + ": found no value, expected " + option.paramLabel() + "; add ";
            return told + (option.required() ? name + " " + option.paramLabel() : "one, or leave " + name + " out");
        }
        String value = mistake.getValue();
        Class<?> type = option.auxiliaryTypes()[0];
        boolean whole = WHOLE.contains(type);
        if (value == null || !whole && !FRACTIONS.contains(type)) {
            return message;
        }
        return name + ": found '" + value + "', expected "
                + (whole
                        ? "a whole number; write digits alone, such as 100"
                        : "a number; write fractions with a point, such as 0.1");
    }

    /// A message about an argument that no option or command of the line takes, with the nearest that it has.
    private static String unknown(CommandLine line, String typed) {
        boolean option = typed.startsWith("-");
        List<String> known = option
                ? line.getCommandSpec().options().stream()
                        .flatMap(known_ -> Arrays.stream(known_.names()))
                        .toList()
                : List.copyOf(line.getSubcommands().keySet());
        if (!option && known.isEmpty()) {
            return "found '" + typed + "', expected options only";
        }
        String name = option && typed.contains("=") ? typed.substring(0, typed.indexOf('=')) : typed;
        return Suggestion.unknown(option ? "option" : "command", name, known);
    }

    private static int failed(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
        boolean json = false;
        boolean debug = false;
        if (line.getCommand() instanceof BadakCommand command) {
            json = command.json();
            debug = command.debug();
        }
        int exit = failure instanceof UsageException ? BadakCommand.USAGE : BadakCommand.FAILED;
        tell(line, explained(line, message(failure)), exit, json);
        if (exit == BadakCommand.USAGE) {
            line.getErr()
                    .println(Texts.of("See ", "도움말: ") + line.getCommandSpec().qualifiedName() + " --help");
        }
        if (debug) {
            failure.printStackTrace(line.getErr());
        }
        return exit;
    }

    private static String explained(CommandLine line, String message) {
        return line.getCommand() instanceof BadakCommand command ? command.explained(message) : message;
    }

    private static String message(Exception failure) {
        return switch (failure) {
            case UsageException usage -> String.valueOf(usage.getMessage());
            case CommandFailure told -> String.valueOf(told.getMessage());
            case DataException data -> String.valueOf(data.getMessage());
            case FigureException figure -> String.valueOf(figure.getMessage());
            case EngineException engine -> String.valueOf(engine.getMessage());
            case TrainingException training -> String.valueOf(training.getMessage());
            case IllegalArgumentException argument -> String.valueOf(argument.getMessage());
            case IllegalStateException state -> String.valueOf(state.getMessage());
            case UncheckedIOException io -> io.getMessage() + "; check the disk and the permissions";
            case IOException io -> io + "; check the disk and the permissions";
            default -> unexpected(failure);
        };
    }

    private static String unexpected(Throwable failure) {
        return "unexpected " + failure + "; run the command again with --debug and report what it prints";
    }

    private static void tell(CommandLine line, String message, int exit, boolean json) {
        line.getOut().flush();
        line.getErr().println("badak: " + message);
        if (json) {
            line.getErr().flush();
            line.getOut()
                    .println(new ObjectBuilder()
                            .put("error", message)
                            .put("exit", exit)
                            .json());
            line.getOut().flush();
        }
    }
}
