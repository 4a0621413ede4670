import { Badge, NavLink, Stack } from '@mantine/core'
import { Link, useLocation } from '@tanstack/react-router'
import { formatNumber } from '../ui/format.ts'
import { PLACES, type Place } from './navigation.ts'
import type { AppStatusView } from './use-app-status.ts'

interface Props {
  readonly view: AppStatusView
  readonly onGo: () => void
}

export function NavLinks({ view, onGo }: Props) {
  const path = useLocation({ select: (location) => location.pathname })
  return (
    <Stack gap={2}>
      {PLACES.map((place) => {
        const isHere = path === place.to || path.startsWith(`${place.to}/`)
        return (
          <NavLink
            key={place.to}
            component={Link}
            to={place.to}
            label={place.label}
            leftSection={<place.icon size={18} aria-hidden />}
            rightSection={<Waiting place={place} view={view} />}
            active={isHere}
            aria-current={isHere ? 'page' : undefined}
            onClick={onGo}
            className="nav-link"
          />
        )
      })}
    </Stack>
  )
}

function Waiting({ place, view }: { place: Place; view: AppStatusView }) {
  const waiting = view.status?.waiting ?? 0
  if (place.to !== '/queue' || waiting === 0) return null
  return (
    <Badge variant="light" size="sm" aria-label={`${formatNumber(waiting)} waiting`}>
      {formatNumber(waiting)}
    </Badge>
  )
}
