"""Exercise pictures, drawn from pose tables: no artist, no stock photographs.

World axes everywhere: meters, z up, the floor at z = 0; a standing figure faces -y, and its left is +x.

The map, from the ground up. A module asks only those above it in this list; tests/test_house.py holds that:

    rotations     rotations as matrices, in degrees
    crew          work on several processors at once
    figure        the baked body, its bones and the skin that follows them
    pose_tables   what editors write
    posing        from a table to a body in the world: angles, inverse kinematics, contact
    camera        where a picture is seen from
    grids         grids of numbers: blurred, and read between their points
    meshes        triangle meshes and simple solids
    palette       the colours, and how each figure looks
    paint         skin, hair, face and clothes, by where a place is on the body
    muscles       the outlines of the target muscles
    body          the surfaces of a posed figure
    light         light and shade by tracing rays
    ground        the floor and the mat
    scene         chair, stool, pillow and band
    drawing       one picture of one or more figures: what each pixel shows, its colour, shade and lines
    marks         arrows, outlines, ticks, crosses and labels
    areas         numbered areas of the body, such as where it hurts
    sides         the word for the place from where a figure is seen
    studio        all pictures of one exercise
    plates        several figures side by side
    diagrams      flat pictures: a scale of pain, a week
    keys          what a picture depends on, as one short text
    unchanged     tables of which nothing need be done, told without reading them
    preview       the grey sheet to look at while posing
    bake          makes a body; stands beside all others, and is needed only for another one
"""
