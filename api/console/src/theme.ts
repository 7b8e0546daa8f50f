// How everything looks: one accent, quiet surfaces, the machine's own fonts (nothing is loaded from elsewhere).
import { createTheme } from "@mantine/core";

const FONTS = "ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', Arial, sans-serif";

export const theme = createTheme({
  primaryColor: "indigo",
  // White on this shade can be read in both colour schemes.
  primaryShade: 8,
  fontFamily: FONTS,
  headings: { fontFamily: FONTS, fontWeight: "650" },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Card: { defaultProps: { withBorder: true, padding: "lg", radius: "lg" } },
    Button: { defaultProps: { radius: "md" } },
    Modal: { defaultProps: { closeButtonProps: { "aria-label": "Close" } } },
    // Under a mouse, at the keyboard's focus, and by a tap.
    HoverCard: { defaultProps: { openDelay: 120, withArrow: true, shadow: "md", width: 320, events: { hover: true, focus: true, touch: true } } },
    // Below the field: fields side by side stay in line.
    InputWrapper: { defaultProps: { inputWrapperOrder: ["label", "input", "description", "error"] } },
    Badge: { defaultProps: { variant: "light", radius: "sm", tt: "none", fw: 550 } },
  },
});
