"""Which groups there are, where they stand, and what their keys mean is told by the schema alone."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.config.fields import Settings, Share
from sim.config.reference.groups import meanings, models, paths, properties, told_by


class Leaf(Settings):
    """A leaf. It is green."""

    area: Share
    """How large."""


class Needle(Settings):
    """A needle."""

    kind: Literal["needle"]


class Fruit(Settings):
    """A fruit."""

    kind: Literal["fruit"]
    skin: Leaf


class Tree(Settings):
    """A tree."""

    leaf: Leaf
    hung: Annotated[tuple[Annotated[Needle | Fruit, Field(discriminator="kind")], ...], Field(max_length=3)]
    by_name: dict[str, Annotated[Leaf, Field()]]
    spare: Leaf | None = None
    pair: tuple[Share, Share]


def test_a_group_stands_where_a_type_names_it_in_the_order_of_the_tree() -> None:
    found = paths(Tree)
    assert list(found) == [Tree, Leaf, Needle, Fruit]
    assert found[Leaf] == [("leaf",), ("hung", "N", "skin"), ("by_name", "NAME"), ("spare",)]
    assert found[Fruit] == [("hung", "N")]
    assert set(models(Tree)) == set(found)


def test_the_key_that_tells_one_of_a_union_is_found() -> None:
    assert (told_by(Fruit), told_by(Tree)) == (("kind", "fruit"), None)


def test_a_key_without_a_docstring_means_what_its_group_says_first() -> None:
    means = meanings(Tree)
    assert (means["leaf"], means["spare"], means["hung"], means["pair"]) == ("A leaf.", "A leaf.", "", "")
    assert meanings(Needle) == {"kind": "`needle`: it is this one"}


def test_a_key_without_a_docstring_lacks_a_meaning_and_an_inherited_one_keeps_it() -> None:
    class Course(Settings):
        """A course."""

        told: Share
        """What it means,
        in two lines."""
        untold: Share

    class Other(Course):
        """Another."""

        told_later: Share
        """This."""

    assert meanings(Course) == {"told": "What it means, in two lines.", "untold": ""}
    assert meanings(Other) == {**meanings(Course), "told_later": "This."}


def test_what_a_part_of_a_schema_refers_to_is_put_in_unless_it_is_a_group() -> None:
    assert properties(Tree)["leaf"]["$ref"].endswith("/Leaf")
    assert [part["type"] for part in properties(Tree)["pair"]["prefixItems"]] == ["number", "number"]
