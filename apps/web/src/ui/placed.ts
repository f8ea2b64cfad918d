type Variables = Readonly<Record<`--${string}`, string>>;

/**
 * A ref that gives an element CSS variables from data. The page's policy refuses style attributes in markup, which
 * is where React's `style` would put them on the server; setting them on the live element is allowed.
 */
export function placed(variables: Variables): (element: HTMLElement | SVGElement | null) => void {
  return (element) => {
    if (!element) return;
    for (const [name, value] of Object.entries(variables)) element.style.setProperty(name, value);
  };
}

/** A number of percent with two decimals: enough for a tenth of a pixel. */
export const pct = (value: number): string => `${Math.round(value * 100) / 100}%`;
