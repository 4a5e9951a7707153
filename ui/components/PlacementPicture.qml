pragma ComponentBehavior: Bound

import QtQuick

// A passport, open at its photo page, comes down onto the glass and is scanned: again and again,
// calmly, within its own small area. Without animation it stands above the glass.
Item {
    id: root

    property bool running: Theme.animated && visible
    implicitWidth: 560
    implicitHeight: 560

    Rectangle {
        id: glass

        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        width: 480
        height: 330
        radius: 32
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
        id: page

        readonly property real onGlass: glass.y + (glass.height - height) / 2
        readonly property real above: 20

        anchors.horizontalCenter: parent.horizontalCenter
        y: above
        width: 368
        height: 252
        radius: 14
        color: Theme.surface
        border.width: 5
        border.color: Theme.passport

        Rectangle {
            width: parent.width
            height: 26
            radius: 14
            color: Theme.passport
        }
        Rectangle {
            x: 26
            y: 50
            width: 92
            height: 116
            radius: 8
            color: Theme.primarySoft

            Icon {
                anchors.centerIn: parent
                path: Icons.person
                size: 84
                color: Theme.primary
            }
        }
        Repeater {
            model: [190, 130, 160, 100]
            Rectangle {
                required property int index
                required property real modelData
                x: 140
                y: 58 + index * 28
                width: modelData
                height: 12
                radius: 6
                color: Theme.line
            }
        }
        Repeater {
            model: 2
            Row {
                id: zoneLine
                required property int index
                x: 26
                y: 190 + index * 26
                spacing: 5
                Repeater {
                    model: 22
                    Rectangle {
                        required property int index
                        width: 9
                        height: 14
                        color: (index * 7 + zoneLine.index * 3) % 5 === 0 ? Theme.line : Theme.inkSoft
                    }
                }
            }
        }
    }

    Repeater {
        model: 2
        Icon {
            required property int index
            x: index === 0 ? 0 : root.width - width
            y: 80
            path: Icons.downward
            size: 72
            stroke: 2.6
            color: Theme.primary
        }
    }

    Rectangle {
        id: beam

        x: glass.x + 24
        width: glass.width - 48
        height: 8
        radius: 4
        y: glass.y + glass.height / 2
        visible: false
        color: "#2E8BFF"
    }

    SequentialAnimation {
        running: root.running
        loops: Animation.Infinite
        onStopped: {
            page.y = page.above;
            beam.visible = false;
        }

        PropertyAction { target: page; property: "y"; value: page.above }
        PauseAnimation { duration: 500 }
        NumberAnimation { target: page; property: "y"; to: page.onGlass; duration: 900; easing.type: Easing.InOutCubic }
        PauseAnimation { duration: 250 }
        PropertyAction { target: beam; property: "visible"; value: true }
        NumberAnimation { target: beam; property: "y"; from: glass.y + 28; to: glass.y + glass.height - 36; duration: 1100; easing.type: Easing.InOutSine }
        PropertyAction { target: beam; property: "visible"; value: false }
        PauseAnimation { duration: 1600 }
    }
}
