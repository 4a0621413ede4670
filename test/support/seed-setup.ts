import fc from 'fast-check'
import { SEED } from '#test/support/seed'

fc.configureGlobal({ seed: SEED })
