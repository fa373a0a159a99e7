package org.badak.tabular;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.badak.data.DataException;

/// Where the columns that a model needs stand in a table: found by name, in any order, or by position
/// where the model or the table has no names.
///
/// @param positions column of each feature, from 0
/// @param target column of the target; -1 if the table has none
/// @param weight column of what each row weighs; -1 where all weigh the same
/// @param notes what a reader should know, such as columns that are not used
public record Alignment(int[] positions, int target, int weight, List<String> notes) {
    /// Finds the columns.
    ///
    /// @throws DataException if one is missing
    public static Alignment of(Preparation preparation, Table table) {
        return preparation.headed() && table.dialect().headed()
                ? byName(preparation, table)
                : byPosition(preparation, table);
    }

    private static Alignment byName(Preparation preparation, Table table) {
        List<String> names = table.names();
        List<String> absent = new ArrayList<>(preparation.needed());
        absent.removeAll(names);
        if (!absent.isEmpty()) {
            throw new DataException(
                    "cannot predict: the table lacks " + (absent.size() == 1 ? "a column" : "columns")
                            + " that the model needs",
                    table.source(),
                    "no " + Table.some(absent) + " among " + Table.some(names),
                    "the columns " + Table.some(preparation.needed()) + ", in any order",
                    "add the column; leave its cells empty where the values are not known");
        }
        List<String> notes = new ArrayList<>();
        Set<String> spare = new HashSet<>(names);
        spare.removeAll(preparation.columns());
        if (!spare.isEmpty()) {
            notes.add("columns that the model does not know are not used: "
                    + Table.some(names.stream().filter(spare::contains).toList()));
        }
        return new Alignment(
                preparation.needed().stream().mapToInt(names::indexOf).toArray(),
                names.indexOf(preparation.target().column()),
                names.indexOf(preparation.weight()),
                notes);
    }

    private static Alignment byPosition(Preparation preparation, Table table) {
        int known = preparation.columns().size();
        int target = preparation.columns().indexOf(preparation.target().column());
        boolean without = table.columns() == known - 1;
        if (table.columns() != known && !without) {
            throw new DataException(
                    "cannot predict: the table has another number of columns than the model was trained on",
                    table.source(),
                    table.columns() + " columns",
                    known + ", or " + (known - 1) + " without the target, number " + (target + 1)
                            + "; without a header they are told apart by their position",
                    preparation.headed()
                            ? "use a table with the header " + Table.some(preparation.columns())
                            : "use a table with the columns of the training table");
        }
        List<String> notes = new ArrayList<>();
        if (preparation.headed() != table.dialect().headed()) {
            notes.add((preparation.headed() ? "the table has" : "the model was trained on a table with")
                    + " no header: columns are taken in the order of training");
        }
        int[] positions = new int[preparation.features().size()];
        for (int i = 0; i < positions.length; i++) {
            int position =
                    preparation.columns().indexOf(preparation.features().get(i).column());
            positions[i] = without && position > target ? position - 1 : position;
        }
        int weight = preparation.columns().indexOf(preparation.weight());
        return new Alignment(positions, without ? -1 : target, without && weight > target ? weight - 1 : weight, notes);
    }
}
