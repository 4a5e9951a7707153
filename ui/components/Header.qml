pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import HallKiosk

// Hall name and clock; in landscape the language switch too. In portrait that is in the footer,
// since nothing that is operated may be out of reach from a wheelchair.
Rectangle {
    id: root

    required property KioskViewModel kiosk
    signal languagesAsked

    readonly property int barHeight: Theme.portrait ? 152 : 124
    readonly property int stripHeight: kiosk.training ? 60 : 0

    implicitHeight: barHeight + stripHeight
    color: Theme.navy

    Rectangle {
        y: root.barHeight
        width: parent.width
        height: root.stripHeight
        visible: root.kiosk.training
        color: Theme.warningSoft

        Label {
            anchors.centerIn: parent
            text: qsTr("Training only: tickets are not valid")
            color: Theme.warning
            font.pixelSize: 34
            font.bold: true
            lineHeight: 1
        }
    }
    RowLayout {
        height: root.barHeight
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: Theme.margin
        spacing: 40

        Label {
            Layout.fillWidth: true
            text: root.kiosk.hallName
            color: Theme.onDark
            font.pixelSize: 40
            font.bold: true
            lineHeight: 1
        }
        Column {
            Label {
                anchors.right: parent.right
                text: root.kiosk.clockTime
                color: Theme.onDark
                font.pixelSize: 48
                font.bold: true
                lineHeight: 1
            }
            Label {
                anchors.right: parent.right
                text: root.kiosk.clockDate
                color: Theme.onDarkSoft
                font.pixelSize: 28
                lineHeight: 1
            }
        }
        LanguageSwitch {
            visible: !Theme.portrait && root.kiosk.canChangeLanguage
            kiosk: root.kiosk
            onDark: true
            onMoreAsked: root.languagesAsked()
        }
    }
}
