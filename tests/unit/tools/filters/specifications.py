"""Random specifications over the sandbox's population, and the counts of everything each may become."""

import random
from dataclasses import dataclass
from typing import Any

from tests.sandbox.wiza.people import people
from tests.sandbox.wiza.selection import DAYS, count, selected
from tools.experiments.design import DimensionName
from tools.experiments.targeting import filters_of
from tools.filters.ladders import Related
from tools.filters.lattice import Lattice, Point, lattice
from tools.filters.search import Band
from tools.providers.wiza.filters import ProspectFilters, parse_filters
from tools.providers.wiza.vocabulary import VOCABULARY

SEARCHED = (DimensionName.PERSONA, DimensionName.FIRMOGRAPHIC, DimensionName.SITUATION, DimensionName.TRIGGER)


@dataclass(frozen=True)
class Specification:
    """What somebody wants: filters, how many people, and what may not change."""

    asked: ProspectFilters
    band: Band
    tested: DimensionName | None
    related: Related

    def lattice(self) -> Lattice:
        """What it may become."""
        locked = filters_of({self.tested} if self.tested else set())
        return lattice(self.asked, locked=locked, related=self.related)


def specification(seed: int) -> Specification:
    """Filters drawn from one person of the population and mixed with others' words; a band from 1.5 to 4 wide."""
    dice = random.Random(seed)
    drawn = _drawn(dice)
    chosen = dice.sample(sorted(drawn), dice.randint(2, 7))
    low = round(10 ** dice.uniform(1, 3.7))
    return Specification(
        parse_filters({name: drawn[name] for name in chosen}),
        Band(low, round(low * dice.uniform(1.5, 4))),
        dice.choice((None, *SEARCHED)),
        {
            "company_industry": dice.sample(VOCABULARY["company_industry"][:40], 3),
            "job_role": dice.sample(VOCABULARY["job_role"], 2),
            "job_title_level": ["CXO"],
        },
    )


def oracle(lattice: Lattice) -> dict[Point, int]:
    """The count of every place, by force."""
    moved = {each.name for each in lattice.ladders}
    fixed = selected({name: value for name, value in lattice.asked.wire().items() if name not in moved})
    sets: dict[Point, int] = {(): fixed}
    for ladder in lattice.ladders:
        rungs = [selected({ladder.name: rung}) for rung in ladder.rungs]
        sets = {(*point, at): bits & rung for point, bits in sets.items() for at, rung in enumerate(rungs)}
    return {point: bits.bit_count() for point, bits in sets.items()}


def counted(filters: ProspectFilters) -> int:
    """How many people of the population match."""
    return count(filters.wire())


def _drawn(dice: random.Random) -> dict[str, Any]:
    human, other = dice.choice(people()), dice.choice(people())
    firm, place = human.firm, human.place
    city, state, country = ", ".join(place[:3]), ", ".join(place[1:3]), place[2]
    where = dice.choice((("city", city), ("state", state), ("country", country)))
    home = firm.place
    return {
        "location": [{"v": where[1], "b": where[0], "s": "i"}],
        "company_location": [{"v": ", ".join(home[:3]), "b": "city"}, {"v": other.firm.place[2], "b": "country"}],
        "job_title_level": sorted({human.level, other.level}),
        "job_role": sorted({human.role, other.role}),
        "job_sub_role": [human.sub_role],
        "skill": sorted({human.skill, other.skill}),
        "company_industry": [{"v": firm.industry}, {"v": other.firm.industry, "s": dice.choice("ie")}]
        if firm.industry != other.firm.industry
        else [{"v": firm.industry}],
        "company_size": sorted({firm.size, other.firm.size}),
        "company_annual_growth": [firm.growth],
        "company_type": [firm.kind],
        "revenue": sorted({firm.revenue, other.firm.revenue}),
        "year_founded_start": str(firm.founded - dice.randint(0, 5)),
        "funding_date": {"t": "any", "v": dice.choice(sorted(DAYS))},
        "funding_stage": {"t": "last", "v": ["seed", "series_a"]},
        "last_funding_min": dice.choice(VOCABULARY["funding_amount"][:6]),
    }  # fmt: skip
