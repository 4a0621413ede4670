import { z } from 'zod'
import { NeverCode } from './taxonomy.ts'

/** Why a lead of a selection gets no mail. */
export const ObstacleReason = z.union([
  NeverCode,
  z.enum([
    'missing_fields',
    'already_queued',
    'not_approved',
    'basis_missing',
    'in_campaign',
    'taken_out',
    /** Of somebody who is to come back: there is no mail left for them. */
    'nothing_left',
  ]),
])
export type ObstacleReason = z.infer<typeof ObstacleReason>
