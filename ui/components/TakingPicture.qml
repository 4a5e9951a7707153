pragma ComponentBehavior: Bound

import QtQuick

// The document is lifted off the glass. Without animation it is in mid-air, with the arrow.
Item {
    id: root

    property bool running: Theme.animated && visible
    implicitWidth: 480
    implicitHeight: 560

    Rectangle {
        id: glass
        width: 480
        height: 250
        radius: 32
        anchors.bottom: parent.bottom
        color: Theme.navy
        Rectangle {
            anchors.fill: parent
            anchors.margins: 24
            radius: 16
            color: "#DCE9F7"
            border.width: 4
            border.color: "#7FA6D6"
        }
    }
    Rectangle {
        id: booklet

        readonly property real lifted: 110
        anchors.horizontalCenter: parent.horizontalCenter
        y: lifted
        width: 230
        height: 300
        radius: 18
        color: Theme.passport

        Icon {
            anchors.centerIn: parent
            path: Icons.globe
            size: 130
            stroke: 1.4
            color: "#F3D58A"
        }
        SequentialAnimation on y {
            running: root.running
            loops: Animation.Infinite
            NumberAnimation { from: glass.y - 25; to: booklet.lifted; duration: 900; easing.type: Easing.InOutCubic }
            PauseAnimation { duration: 1300 }
        }
    }
    Icon {
        anchors.horizontalCenter: parent.horizontalCenter
        path: Icons.downward
        rotation: 180
        size: 96
        stroke: 2.6
        color: Theme.primary
    }
}
