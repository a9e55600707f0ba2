import type { AttributeDefinition } from "#catalog";
import { EditorField, type EditorForm } from "./editor-field.tsx";

const YES_NO = [
  { value: "", label: "Not said" },
  { value: "yes", label: "Yes" },
  { value: "no", label: "No" },
];

/** One field per attribute of the chosen type. */
export const TypedFields = ({
  form,
  attributes,
}: {
  readonly form: EditorForm;
  readonly attributes: readonly AttributeDefinition[];
}) => (
  <div class="editor-columns">
    {attributes.map((attribute) => (
      <EditorField
        form={form}
        name={`typed.${attribute.key}`}
        label={attribute.unit === undefined ? attribute.label : `${attribute.label}, ${attribute.unit}`}
        need={attribute.isRequired ? "required" : "optional"}
        {...controlOf(attribute)}
      />
    ))}
  </div>
);

function controlOf({ kind, choices = [] }: AttributeDefinition) {
  switch (kind) {
    case "boolean":
      return { options: YES_NO };
    case "choice":
      return {
        options: [
          { value: "", label: "Not said" },
          ...choices.map((choice) => ({ value: choice, label: choice })),
        ],
      };
    case "date":
      return { hint: "Such as 2026-12-24." };
    default:
      return {};
  }
}
