import type { TemplateContent } from '#shared/contract/templates'

/** A first template to try things with. Every field has a fallback, so that no sample lead is held back. */
export const SAMPLE_TEMPLATE: { readonly name: string; readonly content: TemplateContent } = {
  name: 'First hello',
  content: {
    subject: 'A question about {{ company | default: "your work" }}',
    body: `Hi {{ firstName | default: "there" }},

I came across {{ company | default: "your company" }} while looking for people who care about {{ Product | default: "good work" }}, and I liked what I saw.

We help small teams answer every request on the same day, without working longer. I think that could fit {{ company | default: "you" }}, but you know that better than I do.

Would a call of fifteen minutes next week be all right? If now is not the time, a short "no, thanks" is a fine answer, and I will not write again.

Best wishes`,
    format: 'plain',
  },
}
