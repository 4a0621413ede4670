import { z } from 'zod'

/** A moment as the rep says it: wall-clock time in a zone. */
export const WallTime = z.object({
  /** `YYYY-MM-DDTHH:mm`. */
  local: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/),
  zone: z.string().min(1).max(64),
})
export type WallTime = z.infer<typeof WallTime>
