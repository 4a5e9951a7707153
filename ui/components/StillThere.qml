pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import HallKiosk

// 'Are you still there?', over whatever was on the screen. A touch beside it goes on as well.
Rectangle {
    id: root

    required property KioskViewModel kiosk
    property int secondsLeft: kiosk.countdownSeconds

    color: Theme.shade

    // It takes the touch for itself, so that nothing below it is pressed.
    TapHandler {
        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: root.kiosk.moreTimePressed()
    }
    Timer {
        interval: 1000
        repeat: true
        running: root.visible && Theme.animated && root.secondsLeft > 0
        onTriggered: root.secondsLeft -= 1
    }

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        y: Theme.portrait ? parent.height - height - 240 : (parent.height - height) / 2
        width: Theme.portrait ? parent.width - 2 * Theme.margin : 980
        height: column.implicitHeight + 2 * column.y
        radius: 40
        color: Theme.surface

        ColumnLayout {
            id: column

            x: 64
            y: Theme.portrait ? 64 : 48
            width: parent.width - 128
            spacing: 36

            Label {
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignHCenter
                text: qsTr("Are you still there?")
                font.pixelSize: Theme.title
                font.bold: true
            }
            Label {
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignHCenter
                text: qsTr("The visit ends, and your data is deleted, in")
                color: Theme.inkSoft
            }
            Rectangle {
                Layout.alignment: Qt.AlignHCenter
                Layout.preferredWidth: Theme.portrait ? 208 : 160
                Layout.preferredHeight: width
                radius: width / 2
                color: Theme.warningSoft
                border.width: 8
                border.color: Theme.warning
                Label {
                    anchors.centerIn: parent
                    text: root.secondsLeft
                    color: Theme.warning
                    font.pixelSize: Theme.portrait ? 104 : 80
                    font.bold: true
                    lineHeight: 1
                }
            }
            KioskButton {
                objectName: "moreTime"
                Layout.fillWidth: true
                Layout.preferredHeight: 148
                icon: Icons.clock
                text: qsTr("More time")
                onTapped: root.kiosk.moreTimePressed()
            }
            KioskButton {
                objectName: "endNow"
                Layout.fillWidth: true
                kind: KioskButton.Secondary
                icon: Icons.cross
                text: qsTr("End now")
                onTapped: root.kiosk.cancelPressed()
            }
        }
    }
}
