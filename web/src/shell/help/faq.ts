/** A question people ask at work, and what the product does about it today. */
interface FaqItem {
  /** Its place on the page and in the address; the same in all languages. */
  readonly id: string;
  readonly question: string;
  /** Paragraphs. */
  readonly answer: readonly string[];
  /** Where it is done. */
  readonly link?: { readonly href: string; readonly text: string };
}
export interface FaqGroup {
  readonly id: string;
  readonly title: string;
  readonly items: readonly FaqItem[];
}

/** Groups with the questions in which every word is found, in question or answer; groups without any are left out. */
export function faqFound(groups: readonly FaqGroup[], text: string): FaqGroup[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ question, answer }: FaqItem): boolean => {
    const said = [question, ...answer].join('\n').toLowerCase();
    return words.every((word) => said.includes(word));
  };
  return groups.flatMap((group) => {
    const items = group.items.filter(fits);
    return items.length ? [{ ...group, items }] : [];
  });
}
