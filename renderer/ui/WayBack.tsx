import { Text } from '@mantine/core'
import { ChevronLeft } from 'lucide-react'
import type { ReactNode } from 'react'

/** From a page within another one to that one, above its title, on every page alike. `children`: the link, such as “All leads”. */
export function WayBack({ children }: { readonly children: ReactNode }) {
  return (
    <Text component="div" size="sm" className="way-back">
      <ChevronLeft size={14} aria-hidden />
      {children}
    </Text>
  )
}
