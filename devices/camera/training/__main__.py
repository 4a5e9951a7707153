"""Fit the networks: ``python -m devices.camera.training``, two hours on two cores."""

from pathlib import Path

import click

from devices.camera.mrz.network import MODELS

_STEPS = {"recogniser": 28000, "line_finder": 3400, "locator": 4600}
_SEED = 20261121


@click.command()
@click.option(
    "--seed",
    default=_SEED,
    show_default=True,
    help="The same draws the same pictures, and starts from the same weights.",
)
@click.option(
    "--only", type=click.Choice(list(_STEPS)), multiple=True, help="Networks; all if none is named."
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the ONNX files; the reader's own by default.",
)
@click.option(
    "--steps",
    type=click.IntRange(min=1),
    help="Batches of pictures, to try with fewer; needs --out.",
)
def main(seed: int, only: tuple[str, ...], out: Path | None, steps: int | None) -> None:
    """Draw pictures and fit the networks of the MRZ reader to them."""
    if out is None and steps is not None:
        raise click.UsageError(
            "with --steps the networks are for a trial: name a folder for them with --out, "
            f"or they would replace the reader's own in {MODELS}"
        )
    out = MODELS if out is None else out
    try:
        import torch
    except ImportError:
        raise click.ClickException(
            "PyTorch is missing; install it with: pip install hall-kiosk[training]"
        ) from None
    from devices.camera.training.fit_finders import fit_line_finder, fit_locator
    from devices.camera.training.fit_recogniser import fit_recogniser

    # sums in one order: more threads would give other networks
    torch.set_num_threads(1)
    out.mkdir(parents=True, exist_ok=True)
    fits = {"recogniser": fit_recogniser, "line_finder": fit_line_finder, "locator": fit_locator}
    for name in only or _STEPS:
        path = out / f"{name}.onnx"
        fits[name](path, seed=seed, steps=steps or _STEPS[name], say=click.echo)


if __name__ == "__main__":
    main()
