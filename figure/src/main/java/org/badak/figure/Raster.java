package org.badak.figure;

import java.util.Arrays;

/// Anti-aliased drawing into an array of pixels.
///
/// Areas: exact signed coverage of each pixel, accumulated from the edges (the method of FreeType's smooth rasteriser
/// and of font-rs by Raph Levien), so that holes of letters come out by themselves. Lines: coverage from the distance
/// of
/// a pixel's centre to the nearest segment, the maximum over all segments, so that a line of a thousand short segments
/// is no darker than one long segment.
final class Raster {
    private final int width;
    private final int height;
    private final int[] rgb;
    private final float[] coverage; // [height, width + 2]
    private final int stride;
    private int top;
    private int bottom; // touched since the last painting: top ≤ row < bottom, left ≤ column < right
    private int left;
    private int right;

    Raster(int width, int height, int background) {
        this.width = width;
        this.height = height;
        this.rgb = new int[Math.multiplyExact(width, height)];
        Arrays.fill(rgb, background);
        this.stride = width + 2;
        this.coverage = new float[Math.multiplyExact(stride, height)];
        this.top = height;
        this.left = width;
    }

    Bitmap bitmap() {
        return new Bitmap(width, height, rgb);
    }

    /// Adds an edge of an area; [#paintArea] fills what the edges enclose.
    void edge(double x1, double y1, double x2, double y2) {
        double ax = Math.clamp(x1, 0.0, width);
        double ay = Math.clamp(y1, 0.0, height);
        double bx = Math.clamp(x2, 0.0, width);
        double by = Math.clamp(y2, 0.0, height);
        if (ay == by) {
            return;
        }
        double direction = ay < by ? 1 : -1;
        double x = ay < by ? ax : bx;
        double from = Math.min(ay, by);
        double to = Math.max(ay, by);
        double slope = (bx - ax) / (by - ay);
        touch((int) from, (int) Math.ceil(to), (int) Math.min(ax, bx), (int) Math.ceil(Math.max(ax, bx)) + 1);
        for (int row = (int) from; row < Math.min(height, Math.ceil(to)); row++) {
            double covered = Math.min(row + 1, to) - Math.max(row, from);
            double next = x + slope * covered;
            spread(row * stride, Math.min(x, next), Math.max(x, next), covered * direction);
            x = next;
        }
    }

    /// Spreads the height `amount` of an edge that crosses one row from left to right over the pixels it crosses.
    private void spread(int offset, double from, double to, double amount) {
        double l = Math.clamp(from, 0.0, width);
        double r = Math.clamp(to, 0.0, width);
        int first = (int) l;
        int last = (int) Math.ceil(r);
        if (last <= first + 1) {
            double middle = 0.5 * (l + r) - first;
            coverage[offset + first] += (float) (amount * (1 - middle));
            coverage[offset + first + 1] += (float) (amount * middle);
            return;
        }
        double before = 0; // integral of the covered part of each pixel up to its right border
        for (int pixel = first; pixel < last; pixel++) {
            double enter = Math.max(l, pixel);
            double leave = Math.min(r, pixel + 1);
            double share = (leave - enter) / (r - l); // of the edge's height that falls in this pixel
            double inside = share * (pixel + 1 - 0.5 * (enter + leave));
            coverage[offset + pixel] += (float) (amount * (inside + before));
            before = share - inside;
        }
        coverage[offset + last] += (float) (amount * before);
    }

    private void touch(int fromRow, int toRow, int fromColumn, int toColumn) {
        top = Math.min(top, Math.max(0, fromRow));
        bottom = Math.max(bottom, Math.min(height, toRow));
        left = Math.min(left, Math.max(0, fromColumn));
        right = Math.max(right, Math.min(width, toColumn));
    }

    /// Paints the area inside the edges added since the last painting.
    void paintArea(int color, double opacity) {
        for (int row = top; row < bottom; row++) {
            float sum = 0;
            int offset = row * stride;
            for (int x = left; x < right; x++) {
                sum += coverage[offset + x];
                float alpha = Math.min(1f, Math.abs(sum));
                if (alpha > 0.002f) {
                    blend(row * width + x, color, alpha * opacity);
                }
            }
        }
        reset();
    }

    /// Adds a thick segment with round ends to the line that [#paintLine] draws.
    void segment(double x1, double y1, double x2, double y2, double thickness) {
        double radius = 0.5 * thickness;
        double reach = radius + 1;
        double dx = x2 - x1;
        double dy = y2 - y1;
        double squared = dx * dx + dy * dy;
        int from = (int) Math.max(0, Math.floor(Math.min(y1, y2) - reach));
        int to = (int) Math.min(height, Math.ceil(Math.max(y1, y2) + reach) + 1);
        touch(from, to, (int) (Math.min(x1, x2) - reach), (int) Math.ceil(Math.max(x1, x2) + reach) + 1);
        for (int row = from; row < to; row++) {
            double y = row + 0.5;
            double t1 = 0;
            double t2 = 1;
            if (Math.abs(dy) > 1e-9) { // only the part of the segment that comes near this row
                double a = (y - reach - y1) / dy;
                double b = (y + reach - y1) / dy;
                t1 = Math.clamp(Math.min(a, b), 0.0, 1.0);
                t2 = Math.clamp(Math.max(a, b), 0.0, 1.0);
            }
            double near = x1 + t1 * dx;
            double far = x1 + t2 * dx;
            int first = (int) Math.max(0, Math.floor(Math.min(near, far) - reach));
            int last = (int) Math.min(width - 1.0, Math.ceil(Math.max(near, far) + reach));
            for (int column = first; column <= last; column++) {
                double px = column + 0.5 - x1;
                double py = y - y1;
                double t = squared == 0 ? 0 : Math.clamp((px * dx + py * dy) / squared, 0.0, 1.0);
                double ex = px - t * dx;
                double ey = py - t * dy;
                double inside = radius + 0.5 - Math.sqrt(ex * ex + ey * ey);
                int index = row * stride + column;
                coverage[index] = Math.max(coverage[index], (float) Math.clamp(inside, 0.0, 1.0));
            }
        }
    }

    /// Paints the segments added since the last painting.
    ///
    /// @param weight share of full colour, for lines thinner than a pixel
    void paintLine(int color, double weight) {
        for (int row = top; row < bottom; row++) {
            for (int x = left; x < right; x++) {
                float alpha = coverage[row * stride + x];
                if (alpha > 0) {
                    blend(row * width + x, color, alpha * weight);
                }
            }
        }
        reset();
    }

    private void reset() {
        if (top < bottom) {
            Arrays.fill(coverage, top * stride, bottom * stride, 0f);
        }
        top = height;
        bottom = 0;
        left = width;
        right = 0;
    }

    /// Sets one pixel; places outside are ignored.
    void set(int x, int y, int color) {
        if (x >= 0 && y >= 0 && x < width && y < height) {
            rgb[y * width + x] = color;
        }
    }

    private void blend(int index, int color, double alpha) {
        int under = rgb[index];
        int a = (int) Math.round(alpha * 256);
        int r = (under >> 16 & 255) + (((color >> 16 & 255) - (under >> 16 & 255)) * a >> 8);
        int g = (under >> 8 & 255) + (((color >> 8 & 255) - (under >> 8 & 255)) * a >> 8);
        int b = (under & 255) + (((color & 255) - (under & 255)) * a >> 8);
        rgb[index] = r << 16 | g << 8 | b;
    }
}
