"""Exercise pictures, drawn from pose tables: no artist, no stock photographs.

The rooms, from the ground up: `rotations`, `figure` (the baked body), `pose_tables` (what editors write), `posing`
(angles, inverse kinematics, contact). World axes everywhere: metres, z up, the floor at z = 0; a standing figure faces
-y, and its left is +x.
"""
