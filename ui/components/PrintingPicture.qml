pragma ComponentBehavior: Bound

import QtQuick

// A ticket comes out of the slot: once, and then it stays there.
Item {
    id: root

    property string number
    property bool running: false
    implicitWidth: 460
    implicitHeight: 470

    Item {
        anchors.horizontalCenter: parent.horizontalCenter
        y: 52
        width: 300
        height: 400
        clip: true

        Rectangle {
            id: paper

            width: parent.width
            height: 372
            color: Theme.surface
            border.width: 3
            border.color: Theme.line

            Label {
                anchors.horizontalCenter: parent.horizontalCenter
                y: 60
                visible: text !== ""
                text: root.number
                font.pixelSize: 72
                font.bold: true
                lineHeight: 1
            }
            Repeater {
                model: [200, 150, 180]
                Rectangle {
                    required property int index
                    required property int modelData
                    anchors.horizontalCenter: parent.horizontalCenter
                    y: 180 + index * 34
                    width: modelData
                    height: 14
                    radius: 7
                    color: Theme.line
                }
            }
            SequentialAnimation on y {
                running: root.running && Theme.animated
                loops: Animation.Infinite
                NumberAnimation { from: -372; to: 0; duration: 1800; easing.type: Easing.OutCubic }
                PauseAnimation { duration: 1400 }
            }
        }
    }
    Rectangle {
        width: parent.width
        height: 64
        radius: 20
        color: Theme.navy
        Rectangle {
            anchors.centerIn: parent
            width: 340
            height: 14
            radius: 7
            color: "#000000"
        }
    }
}
