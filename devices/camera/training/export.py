"""Writing of a fitted network as the reader runs it: ONNX in numbers of eight bits."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
import torch
from onnxruntime.quantization import CalibrationDataReader, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import nn

_INPUT, _OUTPUT = "picture", "classes"


def write(network: nn.Module, examples: Iterable[torch.Tensor], path: Path) -> None:
    """Write the network to ``path``, for any number and size of pictures.

    ``examples`` are batches of pictures: the first one shows their shape, the others tell how large
    the numbers between the layers are.
    """
    batches = iter(examples)
    first = next(batches)
    with TemporaryDirectory() as folder:
        exact = Path(folder) / "exact.onnx"
        _export(network.eval(), first[:2], exact)
        _quantise(exact, batches, path)


def _quantise(exact: Path, examples: Iterator[torch.Tensor], path: Path) -> None:
    """Write a network in numbers of eight bits, with a file beside ``exact`` on the way.

    The first and the last layer stay exact: they have least to gain and most to lose. Enlarging
    changes no number, but in eight bits what it is added to stays so too.
    """
    ready = exact.with_name("ready.onnx")
    quant_pre_process(exact, ready, skip_symbolic_shape=True)
    layers = [node.name for node in onnx.load(ready).graph.node if node.op_type == "Conv"]
    quantize_static(
        ready,
        path,
        _Examples(examples),
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,  # else sums overflow on processors without VNNI
        op_types_to_quantize=["Conv", "Resize"],
        nodes_to_exclude=[layers[0], layers[-1]],
    )


def _export(network: nn.Module, example: torch.Tensor, path: Path) -> None:
    torch.onnx.export(
        network,
        (example,),
        str(path),
        input_names=[_INPUT],
        output_names=[_OUTPUT],
        dynamic_axes={name: {0: "n", 2: "h", 3: "w"} for name in (_INPUT, _OUTPUT)},
        dynamo=False,
        opset_version=17,
    )


class _Examples(CalibrationDataReader):
    def __init__(self, batches: Iterator[torch.Tensor]) -> None:
        self._batches = batches

    def get_next(self) -> dict[str, object] | None:
        """Return the next batch for the network, None after the last one."""
        pictures = next(self._batches, None)
        return None if pictures is None else {_INPUT: pictures.numpy()}
