import { useQuery } from '@tanstack/react-query'
import { LineChart } from '../run/LineChart'
import type { Lead } from '../run/PointLinks'
import { moment } from '../ui/format'
import css from './JobPage.module.css'
import { measures } from './metrics'
import { jobQueries } from './queries'

/** What the firings that succeeded came to, so that it is seen when a job gets worse. */
export function JobCharts({ job, chosen }: { job: string; chosen?: number | undefined }) {
  const { data: metrics } = useQuery(jobQueries.metrics(job))
  if (!metrics || metrics.firings.length === 0) return null
  const { firings } = metrics
  const all = measures(metrics)
  const lead = (x: number): Lead => {
    const { firing, at } = firings[x] ?? { firing: 0, at: '' }
    return {
      link: { to: '/jobs/$job', params: { job }, search: { firing }, resetScroll: false },
      name: `Firing ${firing}, ${moment(at)}`,
      chosen: firing === chosen,
    }
  }
  return (
    <section aria-labelledby="metrics" className={css.part}>
      <h2 id="metrics">
        Metrics over time{' '}
        {all.some(({ golden }) => golden) && <span className={css.soft}>golden run dashed</span>}
      </h2>
      <div className={css.charts}>
        {all.map(({ series, golden }) => (
          <LineChart
            key={series.name}
            series={series}
            beside={golden}
            from={-0.5}
            to={firings.length - 0.5}
            lead={lead}
          />
        ))}
      </div>
    </section>
  )
}
