"""Order, retries and the outside world: where pages come from, where they are kept, which step runs when, what people see.

    sources ► rawstore ► reading (shards) ► staging ► gate ► load ► gate ► publish ► report

`pipeline` is the flow, `cli` the command line. Nothing here parses a page and no step knows Prefect but `pipeline`.
"""
