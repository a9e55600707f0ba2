import type { Child } from "hono/jsx";
import { ErrorSummary, Notice } from "#web";
import { AdminPage } from "./admin-page.tsx";
import { DifferenceTable, type Difference } from "./difference-table.tsx";
import type { EditorForm } from "./editor-field.tsx";

export type EditorPageProps = {
  readonly title: string;
  readonly section: string;
  readonly form: EditorForm;
  readonly isSaved: boolean;
  /** What follows from saving; one short sentence. */
  readonly savedNote?: string;
  readonly differences?: readonly Difference[] | undefined;
  /** Beside the title. */
  readonly ways?: Child;
  /** Between the title and the form. */
  readonly above?: Child;
  /** Beside the button that saves. */
  readonly actions?: Child;
  readonly saveLabel?: string;
  readonly children?: Child;
};

/** A form that replaces one thing: what is wrong, what somebody else saved meanwhile, the fields, the button. */
export const EditorPage = ({
  title,
  section,
  form,
  isSaved,
  savedNote = "",
  differences = [],
  ways,
  above,
  actions,
  saveLabel = "Save",
  children,
}: EditorPageProps) => {
  const { values, mistakes = [] } = form;
  return (
    <AdminPage title={mistakes.length > 0 ? `Error: ${title}` : title} section={section}>
      <ErrorSummary errors={mistakes} />
      <div class="desk-head">
        <h1>
          <bdi>{title}</bdi>
        </h1>
        {ways}
      </div>
      {isSaved && (
        <Notice tone="good" role="status">
          <p>{`Saved. ${savedNote}`.trim()}</p>
        </Notice>
      )}
      {above}
      {differences.length > 0 && <DifferenceTable differences={differences} />}
      <form class="editor" method="post" novalidate>
        <input type="hidden" name="version" value={values["version"] ?? "0"} />
        {children}
        <div class="editor-save">
          <button class="button" type="submit" name="do" value="save">
            {differences.length > 0 ? "Save mine over theirs" : saveLabel}
          </button>
          {actions}
        </div>
      </form>
    </AdminPage>
  );
};
