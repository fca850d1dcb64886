from sim.rng import Streams


def test_a_stream_depends_on_identity_alone() -> None:
    a, b = Streams(7, 3), Streams(7, 3)
    b("other").random(10)

    assert a("votes/split").random() == b("votes/split").random()


def test_replicates_and_names_give_other_numbers() -> None:
    draws = {Streams(7, r)(name).random() for r in range(20) for name in ("a", "b", "c")}

    assert len(draws) == 60
