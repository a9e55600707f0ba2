/** The few icons of the shop, 24-unit grid, 1.5-unit stroke; drawn for this project. */
const PATHS = {
  search: "M10.5 4a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13zM15.3 15.3 20.5 20.5",
  bag: "M5 8.5h14l-.8 11.5H5.8zM9 8.5V7a3 3 0 0 1 6 0v1.5",
  menu: "M4 8h16M4 16h16",
  arrow: "M5 12h14M13 6l6 6-6 6",
  check: "M4.5 12.5l5 5L19.5 7",
  alert: "M12 4.5 21 19.5H3zM12 10v4.5M12 16.8v.4",
  info: "M12 3.5a8.5 8.5 0 1 1 0 17a8.5 8.5 0 0 1 0-17zM12 11v5.5M12 7.6v.4",
  expand: "M9 4H4v5M15 4h5v5M9 20H4v-5M15 20h5v-5",
  close: "M5.5 5.5l13 13M18.5 5.5l-13 13",
} as const;
export type IconName = keyof typeof PATHS;

/** Decoration beside a word, never instead of one: hidden from assistive technology. `isDirectional` mirrors it in RTL. */
export const Icon = ({
  name,
  isDirectional = false,
}: {
  readonly name: IconName;
  readonly isDirectional?: boolean;
}) => (
  <svg
    class={isDirectional ? "icon icon-directional" : "icon"}
    viewBox="0 0 24 24"
    width="24"
    height="24"
    aria-hidden="true"
    focusable="false"
  >
    <path d={PATHS[name]} />
  </svg>
);
