package org.badak.figure.report;

import java.util.ArrayList;
import java.util.List;
import org.badak.figure.ConfusionMatrix;
import org.badak.figure.Graphic;
import org.badak.figure.ImageGrid;

/// What a report of a training run says: an immutable description; every method gives a new one. [#html] makes one
/// self-contained page of it: nothing is fetched, no script runs, it follows the reader's light or dark theme and can
/// be
/// read in English or Korean.
///
/// @param title the heading of the page
/// @param subtitle what was trained on what, in one line
/// @param headlines the few figures that matter most
/// @param verdicts what they mean
/// @param sections the rest, in this order
public record RunReport(
        Words title, Words subtitle, List<Headline> headlines, List<Verdict> verdicts, List<Section> sections) {

    /// One of the figures that matter most.
    ///
    /// @param name what it is
    /// @param value the figure as text, with its unit
    public record Headline(Words name, String value) {}

    /// One evaluation during training.
    ///
    /// @param epoch its number, from 0
    /// @param loss mean training loss; NaN: not known
    /// @param trainAccuracy 0 … 1
    /// @param testAccuracy 0 … 1
    public record Epoch(int epoch, double loss, double trainAccuracy, double testAccuracy) {}

    /// Copies the lists.
    public RunReport {
        headlines = List.copyOf(headlines);
        verdicts = List.copyOf(verdicts);
        sections = List.copyOf(sections);
    }

    /// An empty report.
    public static RunReport titled(Words title, Words subtitle) {
        return new RunReport(title, subtitle, List.of(), List.of(), List.of());
    }

    /// With one more headline figure.
    public RunReport headline(Words name, String value) {
        List<Headline> all = new ArrayList<>(headlines);
        all.add(new Headline(name, value));
        return new RunReport(title, subtitle, all, verdicts, sections);
    }

    /// With one more verdict.
    public RunReport verdict(Verdict.Tone tone, Words words) {
        List<Verdict> all = new ArrayList<>(verdicts);
        all.add(new Verdict(tone, words));
        return new RunReport(title, subtitle, headlines, all, sections);
    }

    /// With one more section.
    public RunReport with(Section section) {
        List<Section> all = new ArrayList<>(sections);
        all.add(section);
        return new RunReport(title, subtitle, headlines, verdicts, all);
    }

    /// With the curves of loss and accuracy.
    public RunReport curves(List<? extends Graphic> graphics) {
        return with(new Section.Figures(
                new Words("Curves", "학습 곡선"),
                new Words(
                        "Training and test accuracy that part from each other are the sign of over-fitting.",
                        "훈련 정확도와 시험 정확도가 벌어지면 과대적합의 신호입니다."),
                List.copyOf(graphics)));
    }

    /// With the table of all evaluations.
    public RunReport epochs(List<Epoch> epochs) {
        List<List<String>> rows = new ArrayList<>();
        for (Epoch epoch : epochs) {
            rows.add(List.of(
                    Integer.toString(epoch.epoch()),
                    Page.decimals(epoch.loss(), 4),
                    Page.percent(epoch.trainAccuracy()),
                    Page.percent(epoch.testAccuracy()),
                    Page.points(epoch.trainAccuracy() - epoch.testAccuracy())));
        }
        return with(new Section.Table(
                new Words("Epochs", "에폭별 기록"),
                List.of(
                        new Words("epoch", "에폭"),
                        new Words("loss", "손실"),
                        new Words("train accuracy", "훈련 정확도"),
                        new Words("test accuracy", "시험 정확도"),
                        new Words("gap (points)", "차이 (%p)")),
                rows));
    }

    /// With the options of the run.
    public RunReport configuration(List<Section.Property> properties) {
        return with(new Section.Properties(new Words("Configuration", "설정"), Words.same(""), properties));
    }

    /// With the confusion matrix.
    public RunReport confusion(ConfusionMatrix matrix) {
        return with(new Section.Figures(
                new Words("Confusion matrix", "혼동 행렬"),
                new Words("Rows: the true class; columns: the class the network chose.", "행은 정답, 열은 신경망이 고른 답입니다."),
                List.of(matrix)));
    }

    /// With the weights of the first layer as pictures.
    public RunReport weights(ImageGrid grid) {
        return with(new Section.Figures(
                new Words("First-layer weights", "첫 번째 층의 가중치"),
                new Words(
                        "One picture per hidden unit: ink at red places raises its input, at blue places lowers it.",
                        "은닉 뉴런 하나에 그림 하나: 빨간 곳의 잉크는 입력을 높이고, 파란 곳의 잉크는 낮춥니다."),
                List.of(grid)));
    }

    /// With the mistakes that the network was surest of.
    public RunReport mistakes(List<Section.Mistake> mistakes) {
        return with(new Section.Mistakes(
                new Words("Most confident mistakes", "가장 확신한 오답"),
                new Words(
                        "Test images that were taken for another digit, the surest first.",
                        "다른 숫자로 잘못 본 시험 이미지를 확신이 큰 순서로 보입니다."),
                mistakes));
    }

    /// With what is needed to get the same run again: seed, hashes, versions, command.
    public RunReport reproducibility(List<Section.Property> properties) {
        return with(new Section.Properties(
                new Words("Reproducibility", "재현 정보"),
                new Words(
                        "The same seed, configuration and data give the same parameters, bit for bit.",
                        "같은 시드, 설정, 데이터로 학습하면 매개변수가 비트 단위까지 같습니다."),
                properties));
    }

    /// One self-contained HTML page, well-formed as XML.
    public String html() {
        return new Page(this).html();
    }
}
