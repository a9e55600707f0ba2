import type { Child } from "hono/jsx";

export type TableColumn = {
  readonly label: string;
  /** True for amounts and counts: aligned at the end, figures of one width. */
  readonly isNumeric?: boolean;
  /** True for times and codes that nobody wants to read in two lines. */
  readonly isWhole?: boolean;
};

export type DataTableProps = {
  readonly caption: string;
  readonly isCaptionHidden?: boolean;
  readonly columns: readonly TableColumn[];
  /** Cells in the columns' order; the first one heads the row. */
  readonly rows: readonly (readonly Child[])[];
};

/** A table whose rows become cards on phones: each cell carries its column's name. */
export const DataTable = ({ caption, isCaptionHidden = false, columns, rows }: DataTableProps) => (
  <div class="table-frame" tabindex={0} role="region" aria-label={caption}>
    <table class="table">
      <caption class={isCaptionHidden ? "visually-hidden" : undefined}>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th scope="col" class={classOf(column)}>
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells) => (
          <tr>
            {cells.map((cell, index) => {
              const column = columns[index];
              const className = classOf(column);
              return index === 0 ? (
                <th scope="row" class={className} data-label={column?.label}>
                  {cell}
                </th>
              ) : (
                <td class={className} data-label={column?.label}>
                  {cell}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const classOf = (column: TableColumn | undefined): string | undefined =>
  column?.isNumeric ? "numeric" : column?.isWhole ? "whole" : undefined;
