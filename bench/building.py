"""Makes the company in the data folder of the environment, as a process of its own."""

import argparse
import dataclasses
import json
import time


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("customers", "sellers", "contacts", "held", "over"):
        parser.add_argument(f"--{name}", type=int, required=True)
    arguments = parser.parse_args()

    import django

    django.setup()
    from django.utils import timezone

    from bench.company import Size, build
    from genjin.config.preparing import prepare

    prepare()
    begun = time.perf_counter()
    company = build(Size(**vars(arguments)), timezone.localdate())
    print(json.dumps({**dataclasses.asdict(company), "seconds": round(time.perf_counter() - begun, 1)}))


if __name__ == "__main__":
    main()
