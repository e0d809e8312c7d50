from row import Measure, Work, at_most, own


def plan(subscriptions, goals):
    return Work(
        words="plan a day of 1,000 papers for 10,000 channels, "
              f"{subscriptions} different subscriptions",
        ours=own("plan_day", str(subscriptions)),
        measures=[Measure("s", "s", goals, less_is_better=True),
                  Measure("cpu_s", "s", less_is_better=True,
                          words="of the processor")])


WORKS = [plan(200, [at_most(1)]), plan(20, [])]
