pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Shapes

// A pictogram of `Icons` in any size.
Item {
    id: root

    required property string path
    property color color: Theme.ink
    property real size: 48
    property real stroke: 2

    implicitWidth: size
    implicitHeight: size
    Accessible.ignored: true

    Shape {
        width: root.size
        height: root.size
        anchors.centerIn: parent

        ShapePath {
            strokeColor: root.color
            strokeWidth: root.stroke * root.size / 24
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin
            scale: Qt.size(root.size / 24, root.size / 24)
            PathSvg { path: root.path }
        }
    }
}
